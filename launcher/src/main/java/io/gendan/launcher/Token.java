package io.gendan.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gendan.launcher.issuer.Account;
import io.gendan.launcher.issuer.Accounts;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Prints an access token of a local account, and nothing else. */
final class Token implements Command {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Override
    public int run(Home home, List<String> arguments) throws IOException, InterruptedException {
        if (arguments.size() != 1) {
            throw new CannotGoOn("token wants one account; see the accounts that up prints");
        }
        var account =
                Accounts.find(arguments.getFirst())
                        .orElseThrow(
                                () ->
                                        new CannotGoOn(
                                                "there is no account '%s'; there are %s"
                                                        .formatted(
                                                                arguments.getFirst(),
                                                                Accounts.summary())));
        System.out.println(fetch(Addresses.of(home).issuer(), account));
        return 0;
    }

    static String fetch(String issuer, Account account) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var credentials = account.id() + ":" + account.secret();
            var request =
                    request(tokenEndpoint(client, issuer))
                            .header(
                                    "Authorization",
                                    "Basic "
                                            + Base64.getEncoder()
                                                    .encodeToString(credentials.getBytes(UTF_8)))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("grant_type=client_credentials"));
            return answer(client, request, "access_token");
        } catch (java.net.ConnectException away) {
            throw new CannotGoOn("the issuer does not answer at " + issuer);
        }
    }

    /** Issuers have it at different places, and all of them tell theirs at the same. */
    private static String tokenEndpoint(HttpClient client, String issuer)
            throws IOException, InterruptedException {
        return answer(
                client, request(issuer + "/.well-known/openid-configuration"), "token_endpoint");
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT);
    }

    private static String answer(HttpClient client, HttpRequest.Builder request, String field)
            throws IOException, InterruptedException {
        var response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new CannotGoOn("the issuer refuses: " + response.body());
        }
        return JsonMapper.shared().readTree(response.body()).required(field).asString();
    }
}
