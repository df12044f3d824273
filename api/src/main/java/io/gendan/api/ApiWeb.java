package io.gendan.api;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** How requests are read, arguments found and faults told. */
@AutoConfiguration(after = JacksonAutoConfiguration.class, before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(ApiSettings.class)
@Import({Faults.class, FaultPage.class, RequestBodies.class})
class ApiWeb {

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    ServerHttpMessageConvertersCustomizer strictJson(JsonMapper json) {
        return converters ->
                converters.withJsonConverter(
                        new JacksonJsonHttpMessageConverter(StrictJson.of(json)));
    }

    @Bean
    WebMvcConfigurer callersAndKeys(ApiSettings settings) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new Arguments.OfCaller());
                resolvers.add(new Arguments.OfIdempotencyKey());
                resolvers.add(new Arguments.OfIfMatch());
                resolvers.add(new Arguments.OfPaging());
            }

            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new AllowedCheck());
                interceptors.addInterceptor(new QueryCheck(settings));
                interceptors.addInterceptor(new IdempotencyKeyCheck());
            }
        };
    }
}
