package io.gendan.messaging;

import io.gendan.messaging.testing.RealParts;

import org.springframework.boot.test.context.SpringBootTest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test of a service called parcel; no properties file, which users of this jar would see. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = MessagingApplication.class,
        properties = {
            "gendan.messaging.service=parcel",
            "gendan.messaging.says=parcels",
            "gendan.messaging.topics.parcels.partitions=3",
            "spring.flyway.locations=classpath:db/messaging,classpath:db/parcels"
        })
@RealParts
@interface MessagingTest {}
