/** The HTTP API of tickets. */
@NullMarked
package io.gendan.ticket.web;

import org.jspecify.annotations.NullMarked;
