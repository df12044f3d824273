@NullMarked
package io.gendan.launcher;

import org.jspecify.annotations.NullMarked;
