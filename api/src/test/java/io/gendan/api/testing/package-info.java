/** For the tests of services: tokens of a real issuer, and rules that hold everywhere. */
@NullMarked
package io.gendan.api.testing;

import org.jspecify.annotations.NullMarked;
