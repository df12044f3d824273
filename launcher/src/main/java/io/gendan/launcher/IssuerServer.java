package io.gendan.launcher;

import io.gendan.launcher.issuer.IssuerApplication;

import java.nio.file.Path;
import java.util.List;

/** The OpenID Connect issuer for local use, in a process of its own. */
final class IssuerServer implements Part {

    static final String NAME = "issuer";

    private final Path key;
    private final Ports ports;

    IssuerServer(Home home, Ports ports) {
        this.key = home.data().resolve("issuer-key");
        this.ports = ports;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Integer> ports() {
        return List.of(ports.issuer());
    }

    @Override
    public ProcessBuilder process() {
        return new ProcessBuilder(
                ChildProcess.java(
                        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        IssuerApplication.class.getName(),
                        List.of(
                                "--server.address=127.0.0.1",
                                "--server.port=" + ports.issuer(),
                                "--issuer.uri=" + ports.issuerUri(),
                                "--issuer.key-file=" + key)));
    }

    @Override
    public boolean isReady() throws InterruptedException {
        return HttpLook.answers(
                "http://127.0.0.1:%d/.well-known/openid-configuration".formatted(ports.issuer()));
    }
}
