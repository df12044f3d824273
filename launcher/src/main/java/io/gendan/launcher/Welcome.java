package io.gendan.launcher;

import io.gendan.launcher.issuer.Accounts;

import java.io.PrintStream;

/** What a person needs to begin with a system that is up. */
final class Welcome {

    private Welcome() {}

    static String console(RunningSystem system) {
        return address(system.ports());
    }

    private static String address(Ports ports) {
        return "http://localhost:%d/".formatted(ports.gateway());
    }

    static void print(Home home, RunOptions options, PrintStream out) {
        var address = address(new Ports(options.portOffset()));
        out.printf(
                """

                Gendan is up: %s

                Accounts (%s token ACCOUNT prints an access token):
                  %s

                Create a ticket:
                  curl -i %sapi/tickets \
                -H "Authorization: Bearer $(%s token app)" \
                -H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)" \
                -H 'Content-Type: application/json' \
                -d '{"kind":"COMPLAINT","channel":"APP",\
                "customer":{"phone":"+8613800138000","name":"小林"},"province":"广东",\
                "subject":"纸尿裤包装与页面不符","body":"收到的包装和页面上的不一样"}'

                %s down stops it.
                """,
                address, home.script(), Accounts.summary(), address, home.script(), home.script());
    }
}
