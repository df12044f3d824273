package io.gendan.ticket;

import io.gendan.events.Territory;
import io.gendan.events.TerritoryEvent.ProvinceServed;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A copy of what routing-service tells about provinces: which territory serves each. */
@Repository
public class Provinces {

    private final JdbcClient jdbc;

    Provinces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void place(ProvinceServed served) {
        jdbc.sql("UPDATE province SET territory = ? WHERE code = ?")
                .param(served.territory() == Territory.UNKNOWN ? null : served.territory().name())
                .param(served.province())
                .update();
    }

    /** Whether it was told of each. */
    boolean arePlaced() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM province WHERE territory IS NULL)")
                .query(Boolean.class)
                .single();
    }
}
