/** The API module in a small service that sells parcels. */
@NullMarked
package io.gendan.api;

import org.jspecify.annotations.NullMarked;
