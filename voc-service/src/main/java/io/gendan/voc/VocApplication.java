package io.gendan.voc;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class VocApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(VocApplication.class, arguments);
    }
}
