package io.gendan.routing;

import io.gendan.api.Cursor;
import io.gendan.api.Page;
import io.gendan.api.Paging;
import io.gendan.events.Territory;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

import java.util.List;

/** How the country is divided among teams; no customer and no agent is in here. */
@Service
public class Atlas {

    private final JdbcClient jdbc;
    private final Ledger ledger;

    Atlas(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    public record TerritoryView(Territory id, String ruleVersion, List<ProvinceView> provinces) {}

    public record ProvinceView(String code, String name, String nameZh) {}

    public record TeamView(
            String id, String name, String nameZh, @Nullable Territory territory, int tier) {}

    public Page<TerritoryView> territories(Paging paging) {
        var version = ledger.rules().version();
        var territories =
                jdbc.sql(
                                """
                                SELECT DISTINCT territory FROM province
                                WHERE rule_version = ? AND territory > ?
                                ORDER BY territory LIMIT ?
                                """)
                        .params(version, Board.after(paging), paging.rowsToRead())
                        .query((row, _) -> row.getString("territory"))
                        .list();
        return Page.of(territories, paging, Cursor::at)
                .map(
                        id ->
                                new TerritoryView(
                                        Territory.valueOf(id), version, provinces(version, id)));
    }

    private List<ProvinceView> provinces(String version, String territory) {
        return jdbc.sql(
                        """
                        SELECT code, name, name_zh FROM province
                        WHERE rule_version = ? AND territory = ? ORDER BY code
                        """)
                .params(version, territory)
                .query(
                        (row, _) ->
                                new ProvinceView(
                                        row.getString("code"),
                                        row.getString("name"),
                                        row.getString("name_zh")))
                .list();
    }

    public Page<TeamView> teams(Paging paging) {
        var teams =
                jdbc.sql("SELECT * FROM team WHERE id > ? ORDER BY id LIMIT ?")
                        .params(Board.after(paging), paging.rowsToRead())
                        .query(
                                (row, _) ->
                                        new TeamView(
                                                row.getString("id"),
                                                row.getString("name"),
                                                row.getString("name_zh"),
                                                Board.territory(row),
                                                row.getInt("tier")))
                        .list();
        return Page.of(teams, paging, team -> Cursor.at(team.id()));
    }
}
