/** Every route against stub services. */
@NullMarked
package io.gendan.gateway;

import org.jspecify.annotations.NullMarked;
