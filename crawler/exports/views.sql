CREATE VIEW latest AS
SELECT
    id, outlet, publisher_name_hi, headline, dateline_raw, country, agency,
    coalesce(published_at, published_on, first_seen_at) AS moment, revision, story_id, url
FROM articles
ORDER BY moment DESC, id;

CREATE VIEW one_per_story AS
SELECT articles.*, coalesce(stories.articles, 1) AS articles_of_story, coalesce(stories.outlets, 1) AS outlets_of_story
FROM articles LEFT JOIN stories ON stories.id = articles.story_id
WHERE articles.story_id IS NULL OR stories.original = articles.id;

CREATE VIEW by_country AS
SELECT
    places.country,
    count(DISTINCT articles.id) AS articles,
    count(DISTINCT coalesce(articles.story_id, articles.id)) AS stories,
    count(DISTINCT articles.outlet) AS outlets,
    max(articles.published_on) AS last_on
FROM places JOIN articles ON articles.id = places.article
WHERE places.country IS NOT NULL
GROUP BY places.country
ORDER BY articles DESC, places.country;
