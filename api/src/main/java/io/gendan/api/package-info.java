/**
 * What the HTTP APIs of all services share; a service gets it by having this module on its class
 * path.
 *
 * <p>Read in this order: {@link io.gendan.api.Caller} and {@link io.gendan.api.Role} (who asks),
 * {@link io.gendan.api.Allowed} (who may), {@link io.gendan.api.Scope} (what they may see), {@link
 * io.gendan.api.Problem} (how a refusal is said), {@link io.gendan.api.Idempotency} (the same key,
 * the same answer), {@link io.gendan.api.Page} and {@link io.gendan.api.Paging} (lists).
 *
 * <p>Every path needs a token of the configured issuer; what is open is listed in {@code
 * gendan.api.open-paths}. Bodies are read strictly: what is not understood is refused, never
 * ignored.
 */
@NullMarked
package io.gendan.api;

import org.jspecify.annotations.NullMarked;
