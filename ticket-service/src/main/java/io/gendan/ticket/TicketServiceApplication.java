package io.gendan.ticket;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
class TicketServiceApplication {

    static void main(String[] args) {
        SpringApplication.run(TicketServiceApplication.class, args);
    }
}
