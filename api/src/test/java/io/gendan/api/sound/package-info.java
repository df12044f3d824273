/** Built as the house builds. */
@NullMarked
package io.gendan.api.sound;

import org.jspecify.annotations.NullMarked;
