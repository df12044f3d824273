@NullMarked
package io.gendan.escalation;

import org.jspecify.annotations.NullMarked;
