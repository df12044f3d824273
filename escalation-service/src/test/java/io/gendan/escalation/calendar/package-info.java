@NullMarked
package io.gendan.escalation.calendar;

import org.jspecify.annotations.NullMarked;
