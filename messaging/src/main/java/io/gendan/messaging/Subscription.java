package io.gendan.messaging;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** A method that hears a topic. */
record Subscription(String topic, boolean compacted, Class<?> type, Object bean, Method method) {

    static Subscription of(Receives receives, Object bean, Method method) {
        var parameters = method.getParameterTypes();
        var fits =
                parameters.length == 1 || parameters.length == 2 && parameters[1] == Received.class;
        if (!fits) {
            throw new IllegalStateException(
                    method
                            + " hears "
                            + receives.topic()
                            + ": it takes the event, or (event, Received)");
        }
        method.setAccessible(true);
        return new Subscription(
                receives.topic(), receives.compacted(), parameters[0], bean, method);
    }

    /** Hands the event over; whatever the method throws, comes out. */
    void deliver(Object event, Received received) throws Throwable {
        try {
            if (method.getParameterCount() == 1) {
                method.invoke(bean, event);
            } else {
                method.invoke(bean, event, received);
            }
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
