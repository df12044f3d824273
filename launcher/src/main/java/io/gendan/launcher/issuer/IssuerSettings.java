package io.gendan.launcher.issuer;

import org.springframework.boot.context.properties.ConfigurationProperties;

import java.nio.file.Path;

/**
 * @param uri the {@code iss} of every token, and where the issuer is reached
 * @param keyFile kept, so that tokens outlive a restart; made when it is missing
 */
@ConfigurationProperties("issuer")
record IssuerSettings(String uri, Path keyFile) {}
