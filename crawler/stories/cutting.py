"""Cut some texts into stories, and notice where one of them joins the story of a text that is not among them."""

from collections import defaultdict
from collections.abc import Iterable

from crawler.stories.clusters import Clusters, Fits, Pair, Step, pair
from crawler.stories.index import Index, LinkScore


class Cutting:
    """Texts that are cut, and the stories at their border, each as it stands at the step that is tried."""

    def __init__(self, index: Index, inside: set[str], *, fits: Fits) -> None:
        self._index = index
        self._fits = fits
        self._stories: dict[str, str] = {}
        self._facing: dict[str, Clusters] = {}
        links: dict[Pair, LinkScore] = {}
        self._totals: dict[str, dict[str, float]] = {text_id: defaultdict(float) for text_id in inside}
        for text_id in inside:
            for other, link in index.links(text_id).items():
                links[pair(text_id, other)] = link
                if other not in inside:
                    self._totals[text_id][self._story(other)] += min(link[0] / link[1], 1.0)
        self.clusters = Clusters(inside, links, fits=fits)

    def run(self) -> str | None:
        """Try all steps; return the first story of other texts that one of these joins, or None."""
        for step in self.clusters.steps():
            one, other = step[1]
            if self.clusters.holds(one) and self.clusters.holds(other):
                self.clusters.try_step(step)
            elif self._joins(step):
                return self._story(other if self.clusters.holds(one) else one)
        return None

    def _joins(self, step: Step) -> bool:
        one, other = step[1]
        mine, theirs = (one, other) if self.clusters.holds(one) else (other, one)
        cluster, story = self.clusters.of(mine), self._story(theirs)
        if not self.clusters.may_be_one(cluster, self._total(cluster, story), step):
            return False
        facing = self._cut_story(story, step).of(theirs)
        left, right = (cluster, facing) if mine == one else (facing, cluster)
        return self.clusters.are_one(left, right, step)

    def _story(self, id: str) -> str:
        if id not in self._stories:
            self._stories[id] = self._index.story(id) or id
        return self._stories[id]

    def _total(self, cluster: Iterable[str], story: str) -> float:
        """Return the sum of the pairs between a cluster and all texts of another story, each up to 1."""
        return sum([self._totals[text_id].get(story, 0.0) for text_id in cluster])

    def _cut_story(self, story: str, step: Step) -> Clusters:
        """Return the clusters of a story's texts that there are before a step; steps are asked for in their order."""
        if story not in self._facing:
            members = set(self._index.members(story))
            each = ((text_id, self._index.links(text_id).items()) for text_id in members)
            links = {pair(text_id, other): link for text_id, found in each for other, link in found if other in members}
            self._facing[story] = Clusters(members, links, fits=self._fits)
        self._facing[story].join(before=step)
        return self._facing[story]
