package io.gendan.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;

/**
 * Reads the body of a request once, up to the limit: what is larger is refused before anybody keeps
 * it, whether it says its length or not, and its fingerprint can be taken beside reading it. Runs
 * after the security filter: strangers' bodies are not read.
 */
@Order(0)
class RequestBodies extends OncePerRequestFilter {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final int limit;
    private final ProblemWriter problems;

    RequestBodies(ApiSettings settings, ProblemWriter problems) {
        this.limit = Math.toIntExact(settings.body().toBytes());
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !WITH_BODY.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            refuse(request, response);
            return;
        }
        var body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            refuse(request, response);
            return;
        }
        chain.doFilter(new WithBody(request, body), response);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        problems.write(Problem.of(413, "too-large", limit).with("limit", limit), request, response);
    }

    /** SHA-256 of method, path with query, and body, in 43 characters. */
    static String fingerprint(HttpServletRequest request) {
        var read = WebUtils.getNativeRequest(request, WithBody.class);
        if (read == null) {
            throw new IllegalStateException("The body was not read by " + RequestBodies.class);
        }
        var digest = sha256();
        digest.update(read.getMethod().getBytes(UTF_8));
        digest.update((byte) ' ');
        digest.update(read.getRequestURI().getBytes(UTF_8));
        if (read.getQueryString() != null) {
            digest.update((byte) '?');
            digest.update(read.getQueryString().getBytes(UTF_8));
        }
        digest.update((byte) '\n');
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(read.body));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }

    private static class WithBody extends HttpServletRequestWrapper {

        private final byte[] body;

        WithBody(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Replayed(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), UTF_8));
        }
    }

    private static class Replayed extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Replayed(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("The body is read already");
        }
    }
}
