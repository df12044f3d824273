/**
 * The voice of the customer.
 *
 * <p>Hears {@code tickets} and keeps of each what it is about and what the customer wrote. When a
 * ticket closes that was a matter of its own, no duplicate and no mistake, {@link
 * io.gendan.voc.Ear} makes a {@link io.gendan.voc.Voice} of it: once, its id derived from the
 * ticket and the stay that the closing ended. In the same transaction the voice is saved, counted
 * for its day, kind, category and territory, and told as {@code VoiceHeard} on {@code voices}. What
 * is shown is read from the counts, never by looking through all voices.
 *
 * <p>What customers answer when they are asked is kept, too: how a ticket was solved ({@link
 * io.gendan.voc.TicketRatings}), late answers included, and on {@code surveys} what they say of an
 * order without a ticket ({@link io.gendan.voc.OrderRatings}).
 *
 * <p>Nothing here knows who a customer is: texts arrive with number-like strings masked.
 */
@NullMarked
package io.gendan.voc;

import org.jspecify.annotations.NullMarked;
