@NullMarked
package io.gendan.escalation.kafka;

import org.jspecify.annotations.NullMarked;
