/** Tests of routing. */
@NullMarked
package io.gendan.routing;

import org.jspecify.annotations.NullMarked;
