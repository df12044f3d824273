package io.gendan.escalation;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class EscalationApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(EscalationApplication.class, arguments);
    }
}
