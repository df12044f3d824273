package io.gendan.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.time.Duration;
import java.util.List;

/**
 * What a service may set about its API.
 *
 * @param openPaths what needs no token, each as {@code METHOD /path/pattern}; beside them only the
 *     health probes are open
 * @param audience what a token's {@code aud} must contain
 * @param body the largest body that is read
 * @param rememberedTokens how many checked tokens are kept, so that a signature is not computed for
 *     each request
 * @param rememberedFor how long at most: a key withdrawn by the issuer works that much longer.
 *     {@code exp} is looked at each time
 * @param keysKept how long an idempotency key is answered at least
 */
@ConfigurationProperties("gendan.api")
record ApiSettings(
        @DefaultValue List<String> openPaths,
        @DefaultValue("gendan") String audience,
        @DefaultValue("1MB") DataSize body,
        @DefaultValue("10000") int rememberedTokens,
        @DefaultValue("1m") Duration rememberedFor,
        @DefaultValue("24h") Duration keysKept) {

    ApiSettings {
        openPaths.forEach(OpenPath::parse);
    }

    List<OpenPath> open() {
        return openPaths.stream().map(OpenPath::parse).toList();
    }
}
