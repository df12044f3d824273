package io.gendan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class ServiceServerTests {

    private static final RunOptions AS_IT_CAME_UP = new RunOptions(false, 1, 0, Map.of());

    @TempDir Path directory;

    private Home home = new Home(Path.of("."), Path.of("."), "./gendan");

    @BeforeEach
    void createHome() throws IOException {
        home = new Home(directory, directory.resolve("data"), "./gendan");
        home.create();
        AS_IT_CAME_UP.save(home);
    }

    private Map<String, String> settings(Service service) throws IOException {
        Files.createDirectories(service.jar(home).getParent());
        Files.write(service.jar(home), new byte[0]);
        return new ServiceServer(home, service, 1, AS_IT_CAME_UP, Secrets.open(home))
                .process()
                .environment();
    }

    @Test
    void startsWhatKeepsTheTimeAtThePaceOfNow() throws IOException {
        assertThat(settings(Service.ESCALATION)).containsEntry("GENDAN_HURRY", "1");

        AS_IT_CAME_UP.withHurry("600").save(home);

        assertThat(settings(Service.ESCALATION)).containsEntry("GENDAN_HURRY", "600");
        assertThat(settings(Service.TICKET)).containsEntry("GENDAN_HURRY", "600");
        assertThat(settings(Service.VOC)).doesNotContainKey("GENDAN_HURRY");
    }
}
