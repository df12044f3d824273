package io.gendan.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events as JSON, and types by their simple names.
 *
 * <p>Reading allows what a writer may add: unknown properties are ignored, unknown enum values
 * become the enum's default value, and a missing number is zero.
 */
public final class EventJson {

    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .changeDefaultPropertyInclusion(
                            value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final Map<Class<?>, Map<String, Class<?>>> TYPES = new ConcurrentHashMap<>();

    private static final ClassValue<List<Component>> COMPONENTS =
            new ClassValue<>() {
                @Override
                protected List<Component> computeValue(Class<?> type) {
                    return Component.of(type);
                }
            };

    private EventJson() {}

    /** For what a service keeps of events beside the log: it is read as leniently. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** A JSON object of texts. */
    static Map<String, String> texts(String json) {
        return MAPPER.readValue(json, TEXTS);
    }

    /**
     * The name of a component that must be there and is not: what a contract does not call nullable
     * must not reach a receiver as null.
     */
    static @Nullable String missing(Object event) {
        if (!event.getClass().getPackage().isAnnotationPresent(NullMarked.class)) {
            return null;
        }
        for (var component : COMPONENTS.get(event.getClass())) {
            var value = component.read(event);
            if (value == null && !component.isNullable) {
                return component.name;
            }
            var within = value instanceof Record nested ? missing(nested) : null;
            if (within != null) {
                return component.name + '.' + within;
            }
        }
        return null;
    }

    private record Component(String name, Method accessor, boolean isNullable) {

        static List<Component> of(Class<?> type) {
            var components = type.getRecordComponents();
            if (components == null) {
                return List.of();
            }
            return Arrays.stream(components)
                    .peek(c -> c.getAccessor().setAccessible(true))
                    .map(
                            c ->
                                    new Component(
                                            c.getName(),
                                            c.getAccessor(),
                                            c.getAnnotatedType()
                                                    .isAnnotationPresent(Nullable.class)))
                    .toList();
        }

        @Nullable Object read(Object event) {
            try {
                return accessor.invoke(event);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot read " + accessor, e);
            }
        }
    }

    /** The records below a sealed interface, by simple name. */
    static Map<String, Class<?>> types(Class<?> sealedType) {
        return TYPES.computeIfAbsent(
                sealedType,
                type -> {
                    var types = new HashMap<String, Class<?>>();
                    collect(type, types);
                    return Map.copyOf(types);
                });
    }

    private static void collect(Class<?> type, Map<String, Class<?>> types) {
        var permitted = type.getPermittedSubclasses();
        if (permitted == null) {
            types.put(type.getSimpleName(), type);
            return;
        }
        for (var subtype : permitted) {
            collect(subtype, types);
        }
    }
}
