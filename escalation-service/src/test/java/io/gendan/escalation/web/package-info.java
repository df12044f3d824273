@NullMarked
package io.gendan.escalation.web;

import org.jspecify.annotations.NullMarked;
