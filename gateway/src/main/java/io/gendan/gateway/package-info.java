/**
 * The one door for users and channels: checks the token, keeps bodies small, finds the service and
 * an instance of it that answers, and says so when there is none. Owns nothing, hears no events.
 * The routes are in {@code application.yml}; paths stay as they are.
 */
@NullMarked
package io.gendan.gateway;

import org.jspecify.annotations.NullMarked;
