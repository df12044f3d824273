package io.gendan.api.sound;

import io.gendan.api.Caller;
import io.gendan.api.Scope;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

import java.time.Instant;
import java.util.List;

/** Touches the database and says so. */
@Repository
public class Boxes {

    public record Box(String name, Instant packed) {

        public Box pack(Instant now) {
            return new Box(name, now);
        }
    }

    private final JdbcClient jdbc;

    Boxes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Box> list(Scope scope) {
        return jdbc.sql("SELECT * FROM box WHERE scope = ?")
                .param(scope.toString())
                .query(Box.class)
                .list();
    }

    public static Scope scopeOf(Caller caller) {
        return new Scope.OfChannel(caller.id());
    }

    public List<String> colours() {
        return List.of("brown");
    }
}
