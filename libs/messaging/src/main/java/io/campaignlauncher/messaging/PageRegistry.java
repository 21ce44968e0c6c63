package io.campaignlauncher.messaging;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** The meters that a page shows. They are there before any other bean: what was counted before would be missing from the page. */
final class PageRegistry implements BeanFactoryPostProcessor, DisposableBean {

    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Metrics.addRegistry(meters);
    }

    @Override
    public void destroy() {
        Metrics.removeRegistry(meters);
    }
}
