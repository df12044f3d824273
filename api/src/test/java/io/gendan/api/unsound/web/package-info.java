/** Breaks every rule of the house once. */
@NullMarked
package io.gendan.api.unsound.web;

import org.jspecify.annotations.NullMarked;
