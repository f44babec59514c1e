"""An Airflow DAG: a run of the newsroom every quarter of an hour. Copy it into the folder of your DAGs.

`videsh` lies in an environment of its own, whose bin is on the PATH of the workers.
"""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("videsh", schedule="*/15 * * * *", start_date=datetime(2026, 1, 1), catchup=False, max_active_runs=1) as dag:
    BashOperator(
        task_id="newsroom",
        bash_command="videsh newsroom {{ params.options }}",
        params={"options": "--log json -s CONTACT=you@example.org"},
        append_env=True,
        skip_on_exit_code=75,  # another run is at work
        execution_timeout=timedelta(minutes=14),
    )
