package io.gendan.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Events as JSON, and types by their simple names.
 *
 * <p>Reading allows what a writer may add: unknown properties are ignored, unknown enum values
 * become the enum's default value, and a missing number is zero.
 */
final class EventJson {

    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .changeDefaultPropertyInclusion(
                            value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private static final Map<Class<?>, Map<String, Class<?>>> TYPES = new ConcurrentHashMap<>();

    private EventJson() {}

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
