package io.gendan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;

/**
 * Passwords and keys of one system, made when first asked for and kept in a file that only its
 * owner can read. Deleting the data directory deletes them with the data they protect.
 */
final class Secrets {

    private static final int KEY_BYTES = 32;

    private final Path file;
    private final Properties known = new Properties();
    private final SecureRandom random = new SecureRandom();

    private Secrets(Path file) {
        this.file = file;
    }

    static Secrets open(Home home) throws IOException {
        var secrets = new Secrets(home.data().resolve("secrets"));
        if (Files.exists(secrets.file)) {
            try (var in = Files.newBufferedReader(secrets.file)) {
                secrets.known.load(in);
            }
        }
        return secrets;
    }

    String superuserPassword() throws IOException {
        return password("postgres");
    }

    /** The role is {@code <database>_owner} or {@code <database>_app}. */
    synchronized String password(String role) throws IOException {
        var name = "password." + role;
        var password = known.getProperty(name);
        return password == null ? keep(name, HexFormat.of().formatHex(bytes())) : password;
    }

    synchronized String vaultKey() throws IOException {
        var name = "vault-key.ticket";
        var key = known.getProperty(name);
        return key == null ? keep(name, Base64.getEncoder().encodeToString(bytes())) : key;
    }

    private byte[] bytes() {
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private String keep(String name, String secret) throws IOException {
        known.setProperty(name, secret);
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var draft = file.resolveSibling("secrets.new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, ownerOnly);
        try (var out = Files.newBufferedWriter(draft)) {
            known.store(out, null);
        }
        WholeFile.replace(draft, file);
        return secret;
    }
}
