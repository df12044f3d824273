@NullMarked
package io.gendan.voc;

import org.jspecify.annotations.NullMarked;
