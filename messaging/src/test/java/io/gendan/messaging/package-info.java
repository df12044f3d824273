@NullMarked
package io.gendan.messaging;

import org.jspecify.annotations.NullMarked;
