/** Tests of what people may ask of routing and tell it. */
@NullMarked
package io.gendan.routing.web;

import org.jspecify.annotations.NullMarked;
