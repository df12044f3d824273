package io.gendan.messaging;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The smallest service that talks. */
@SpringBootApplication
class MessagingApplication {}
