/**
 * The OpenID Connect issuer of local runs: Spring Authorization Server with a fixed list of demo
 * accounts, each a client with client credentials. Production sets another issuer.
 */
@NullMarked
package io.gendan.launcher.issuer;

import org.jspecify.annotations.NullMarked;
