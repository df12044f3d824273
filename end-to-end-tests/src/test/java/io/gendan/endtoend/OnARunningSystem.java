package io.gendan.endtoend;

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
 * Hands the one {@link ApplicationUnderTest} of this build to a journey; it is started for the
 * first and stopped after the last. Its targets are 600 times shorter than they are for people.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnARunningSystem.Starter.class)
@interface OnARunningSystem {

    int HURRY = 600;

    final class Starter implements ParameterResolver {

        private static final Namespace NAMESPACE = Namespace.create(Starter.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ApplicationUnderTest.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(
                            ApplicationUnderTest.class,
                            _ -> LaunchedApplication.up(HURRY),
                            ApplicationUnderTest.class);
        }
    }
}
