/** What the other services propose, handed to the desk. */
@NullMarked
package io.gendan.ticket.kafka;

import org.jspecify.annotations.NullMarked;
