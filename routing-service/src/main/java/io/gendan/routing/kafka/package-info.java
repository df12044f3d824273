/** What routing hears. */
@NullMarked
package io.gendan.routing.kafka;

import org.jspecify.annotations.NullMarked;
