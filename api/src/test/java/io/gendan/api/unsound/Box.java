package io.gendan.api.unsound;

import io.gendan.api.unsound.web.BoxController;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;

import java.time.Instant;
import java.util.List;

/** A model with technology in it. */
public class Box {

    public List<String> list(JdbcClient jdbc, KafkaTemplate<String, String> kafka) {
        kafka.send("boxes", BoxController.class.getName() + HttpStatus.OK + Instant.now());
        return jdbc.sql("SELECT name FROM box").query(String.class).list();
    }
}
