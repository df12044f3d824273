# One image for each service: docker build --build-arg JAR=ticket-service/target/ticket-service.jar .
# The jars are built before, by mvn package.
FROM eclipse-temurin:25-jre AS layers
ARG JAR
WORKDIR /layers
COPY ${JAR} app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination extracted

# What changes least comes first, so that a new build of ours is the last layer only
FROM eclipse-temurin:25-jre
WORKDIR /app
COPY docker/healthy /usr/local/bin/healthy
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
USER 10001:10001
ENTRYPOINT ["java", \
    "-XX:MaxRAMPercentage=50", \
    "-XX:+UseSerialGC", \
    "-XX:+UseCompactObjectHeaders", \
    "-XX:+ExitOnOutOfMemoryError", \
    "--sun-misc-unsafe-memory-access=allow", \
    "--enable-native-access=ALL-UNNAMED", \
    "-jar", "app.jar"]
