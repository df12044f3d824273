/** Built as the house builds. */
@NullMarked
package io.gendan.api.sound.web;

import org.jspecify.annotations.NullMarked;
