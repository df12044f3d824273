package io.gendan.gateway;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.loadbalancer.core.DelegatingServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import reactor.core.publisher.Flux;

import java.util.List;

/** Leaves out the instances that this request found gone, as long as there are others. */
class UntriedInstances extends DelegatingServiceInstanceListSupplier {

    UntriedInstances(ServiceInstanceListSupplier all) {
        super(all);
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
        return delegate.get();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Flux<List<ServiceInstance>> get(Request request) {
        var all = delegate.get(request);
        if (!(request.getContext() instanceof RequestDataContext context)
                || context.getClientRequest() == null
                || context.getClientRequest().getAttributes() == null) {
            return all;
        }
        var tried =
                AnotherInstance.tried(
                        context.getClientRequest().getAttributes().get(AnotherInstance.TRIED));
        return tried.isEmpty()
                ? all
                : all.map(
                        instances -> {
                            var left =
                                    instances.stream()
                                            .filter(i -> !tried.contains(i.getUri().getAuthority()))
                                            .toList();
                            return left.isEmpty() ? instances : left;
                        });
    }

    /** Made once for each service. */
    static class Choice {

        @Bean
        ServiceInstanceListSupplier untriedInstances(ConfigurableApplicationContext context) {
            return ServiceInstanceListSupplier.builder()
                    .withBlockingDiscoveryClient()
                    .with((_, all) -> new UntriedInstances(all))
                    .build(context);
        }
    }
}
