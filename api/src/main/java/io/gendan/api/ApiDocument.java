package io.gendan.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;

import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.web.method.HandlerMethod;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the OpenAPI document at {@code /v3/api-docs} says of every operation: the token, who may,
 * the idempotency key, paging, and that refusals are problems.
 */
@AutoConfiguration
@ConditionalOnClass(SpringDocUtils.class)
class ApiDocument {

    private static final String PROBLEM = "Problem";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        Caller.class, IdempotencyKey.class, IfMatch.class, Paging.class);
    }

    @Bean
    OpenAPI describedApi(@Value("${spring.application.name:gendan}") String name) {
        return new OpenAPI()
                .info(new Info().title("Gendan " + name).version("v1"))
                // Relative, so that it holds behind the gateway, too.
                .servers(List.of(new Server().url("/")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        "token",
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .bearerFormat("JWT"))
                                .addSchemas(PROBLEM, problem()))
                .addSecurityItem(new SecurityRequirement().addList("token"));
    }

    @Bean
    GlobalOperationCustomizer whatHoldsForEveryOperation() {
        return ApiDocument::describe;
    }

    /** Whoever reads the page knows what a customer calls without a login. */
    @Bean
    GlobalOpenApiCustomizer whatNeedsNoToken(ApiSettings settings) {
        return api -> settings.open().forEach(open -> withoutToken(api, open));
    }

    private static void withoutToken(OpenAPI api, OpenPath open) {
        var method = PathItem.HttpMethod.valueOf(open.method().name());
        Optional.ofNullable(api.getPaths().get(open.pattern()))
                .map(path -> path.readOperationsMap().get(method))
                .ifPresent(operation -> operation.setSecurity(List.of()));
    }

    private static Operation describe(Operation operation, HandlerMethod method) {
        for (var argument : method.getMethodParameters()) {
            if (argument.getParameterType() == IdempotencyKey.class) {
                operation.addParametersItem(
                        new Parameter()
                                .in("header")
                                .name(IdempotencyKey.HEADER)
                                .required(true)
                                .schema(new StringSchema().minLength(1).maxLength(255)));
            } else if (argument.getParameterType() == IfMatch.class) {
                operation.addParametersItem(
                        new Parameter()
                                .in("header")
                                .name(IfMatch.HEADER)
                                .required(true)
                                .description("The ETag as it was read (one, not weak), or *")
                                .schema(
                                        new StringSchema()
                                                .pattern("\"[0-9]{1,18}\"|[*]")
                                                .example("\"1\"")));
            } else if (argument.getParameterType() == Paging.class) {
                operation.addParametersItem(
                        new Parameter().in("query").name(Paging.LIMIT).schema(limit()));
                operation.addParametersItem(
                        new Parameter().in("query").name(Paging.CURSOR).schema(new StringSchema()));
            }
        }
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("A problem (RFC 9457)")
                                .content(
                                        new Content()
                                                .addMediaType(
                                                        "application/problem+json",
                                                        new MediaType()
                                                                .schema(
                                                                        new Schema<>()
                                                                                .$ref(PROBLEM)))));
        var allowed = AllowedCheck.of(method);
        if (allowed != null && allowed.value().length > 0) {
            operation.addExtension(
                    "x-roles",
                    Arrays.stream(allowed.value()).map(Role::claim).collect(Collectors.toList()));
        }
        return operation;
    }

    private static Schema<?> limit() {
        var limit = new IntegerSchema();
        limit.setMinimum(BigDecimal.ONE);
        limit.setMaximum(BigDecimal.valueOf(Paging.MOST));
        limit.setDefault(Paging.USUAL);
        return limit;
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .addProperty("type", new StringSchema().example("urn:gendan:problem:not-found"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty(
                        "pointer",
                        new StringSchema().description("JSON pointer of the field to blame"));
    }
}
