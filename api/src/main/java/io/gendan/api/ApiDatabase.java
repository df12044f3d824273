package io.gendan.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.Duration;

import javax.sql.DataSource;

/** What the API needs a database for; a service without one (the gateway) has none of it. */
@AutoConfiguration(
        after = {
            JdbcClientAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class
        })
@ConditionalOnClass(JdbcClient.class)
@ConditionalOnBean(DataSource.class)
@EnableScheduling
class ApiDatabase {

    @Bean
    Answers answers(JsonMapper json) {
        return new Answers(json);
    }

    @Bean
    Idempotency idempotency(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            JsonMapper json,
            ObjectProvider<AnswerSeal> seal) {
        return new Idempotency(
                jdbc,
                new TransactionTemplate(transactions),
                json,
                seal.getIfAvailable(() -> AnswerSeal.NONE));
    }

    @Bean
    IdempotencyPurge idempotencyPurge(JdbcClient jdbc, ApiSettings settings) {
        return new IdempotencyPurge(jdbc, settings);
    }

    @Bean
    DatabaseFaults databaseFaults(ProblemWriter problems) {
        return new DatabaseFaults(problems);
    }

    /** The database is away or busy: the caller shall come again. */
    @ControllerAdvice
    @Order(Ordered.LOWEST_PRECEDENCE - 1)
    static class DatabaseFaults {

        private static final Logger log = LoggerFactory.getLogger(DatabaseFaults.class);
        private static final Duration WAIT = Duration.ofSeconds(2);

        private final ProblemWriter problems;

        DatabaseFaults(ProblemWriter problems) {
            this.problems = problems;
        }

        @ExceptionHandler({
            DataAccessResourceFailureException.class,
            CannotGetJdbcConnectionException.class,
            CannotCreateTransactionException.class,
            TransactionSystemException.class,
            TransientDataAccessException.class
        })
        void away(Exception fault, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            log.warn(
                    "{} {} must be tried again: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    fault.getMessage());
            problems.write(Problem.of(503, "away").retryAfter(WAIT), request, response);
        }

        /** Without a state it comes from the pool, about a connection that died under the work. */
        @ExceptionHandler
        void uncategorized(
                UncategorizedSQLException fault,
                HttpServletRequest request,
                HttpServletResponse response)
                throws IOException {
            var cause = fault.getSQLException();
            if (cause == null || cause.getSQLState() == null) {
                away(fault, request, response);
                return;
            }
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), fault);
            problems.write(Faults.problem(fault), request, response);
        }
    }
}
