/** What the other services propose, handed to {@code Proposals}. */
@NullMarked
package io.gendan.ticket.kafka;

import org.jspecify.annotations.NullMarked;
