package io.gendan.api.unsound.web;

import io.gendan.api.unsound.Box;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.List;

@RestController
public class BoxController {

    @GetMapping("/boxes")
    List<String> list(Box box, JdbcClient jdbc, KafkaTemplate<String, String> kafka) {
        return box.list(jdbc, kafka);
    }
}
