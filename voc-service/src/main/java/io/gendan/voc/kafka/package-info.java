@NullMarked
package io.gendan.voc.kafka;

import org.jspecify.annotations.NullMarked;
