/** Breaks every rule of the house once. */
@NullMarked
package io.gendan.api.unsound;

import org.jspecify.annotations.NullMarked;
