package io.gendan.endtoend;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Hands the one {@link ApplicationUnderTest} of this build to a journey. It is started for the
 * first and stopped after the last; a journey that wants another pace changes it for those after it
 * too, so those of one pace come one after another.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnARunningSystem.Starter.class)
@interface OnARunningSystem {

    /**
     * By how much targets are shorter than they are for people. As it is, a customer who waits in a
     * chat is escalated after 18 s, and a ticket of the app after three minutes.
     */
    int hurry() default 10;

    final class Starter implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(Starter.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ApplicationUnderTest.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var hurry =
                    context.getRequiredTestClass().getAnnotation(OnARunningSystem.class).hurry();
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(Pace.class, _ -> new Pace(), Pace.class)
                    .at(hurry);
        }
    }

    /** The system that runs, and how fast. */
    final class Pace implements AutoCloseable {

        private @Nullable StartedApplication running;
        private int hurry;

        /** Methods of one class may ask at once. */
        synchronized ApplicationUnderTest at(int wanted) {
            if (running == null) {
                running = StartedApplication.fresh();
                running.up(wanted);
            } else if (hurry != wanted) {
                running.hurry(wanted);
            }
            hurry = wanted;
            return running;
        }

        @Override
        public void close() {
            if (running != null) {
                running.close();
            }
        }
    }
}
