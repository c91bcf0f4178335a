//! What columns mean is guessed with a reason, and a reader can correct it.

use isoflop::outcome::Explain;
use isoflop::runs::{Confidence, CurveChoices, Guess, LossUnit, Mapping, Role, Table, read};
use isoflop::units::Convention;

fn mapped(text: &str, inputs: &[&str]) -> (Table, Mapping) {
    let mut table = read(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let mapping = table.map(inputs);
    (table, mapping)
}

/// The columns that have a role, by their names.
fn roles(header: &str, row: &str) -> Vec<(String, Role)> {
    let (table, _) = mapped(&format!("{header}\n{row}\n"), &[]);
    let named = table.names().iter().zip(table.roles()).filter(|(_, role)| **role != Role::Ignore);
    named.map(|(name, role)| (name.clone(), *role)).collect()
}

fn guess<'a>(table: &Table, mapping: &'a Mapping, name: &str) -> &'a Guess {
    let column = table.names().iter().position(|known| known == name).unwrap();
    mapping
        .guesses
        .iter()
        .find(|guess| guess.column == column)
        .unwrap_or_else(|| panic!("{name} has no guess"))
}

#[test]
fn names_are_taken_apart_into_words() {
    for (header, row, expected) in [
        (
            "run_id,trainer/global_step,tokensPerStep,config.model.n_params,val/ce,lr",
            "a,100,1e6,1e9,3.1,1e-3",
            vec![Role::Run, Role::Step, Role::Batch, Role::Params, Role::Loss, Role::Rate],
        ),
        (
            "name,num_input_tokens_seen,total_flos,non_embedding_params,eval_loss,seed,lr_scheduler_type",
            "a,2e10,1.2e20,1e9,2.5,1,cosine",
            vec![Role::Run, Role::Tokens, Role::Flops, Role::Params, Role::Loss, Role::Seed, Role::Schedule],
        ),
        (
            "n_params_total,n_params_non_emb,train_tokens_b,loss,loss_std,weight,flop_budget",
            "1e9,9e8,20,2.5,0.01,2,1e20",
            vec![
                Role::Params,
                Role::NonEmbedding,
                Role::Tokens,
                Role::Loss,
                Role::Noise,
                Role::Weight,
                Role::Flops,
            ],
        ),
        (
            "params,global_batch_size,seq_len,iteration,compute,budget,loss",
            "1e9,512,2048,1000,1e20,1e20,2.5",
            vec![
                Role::Params,
                Role::Sequences,
                Role::Length,
                Role::Step,
                Role::Flops,
                Role::Group,
                Role::Loss,
            ],
        ),
    ] {
        let found = roles(header, row);
        let names: Vec<&str> = header.split(',').collect();
        let wanted: Vec<(String, Role)> = names.iter().map(|name| (*name).to_owned()).zip(expected).collect();
        assert_eq!(found, wanted, "{header}");
    }
}

#[test]
fn what_only_looks_like_a_count_has_no_role() {
    let header = "N,D,L,weight_decay,max_lr,tokens_per_second,tokens_per_param,vocab_tokens,unique_tokens,\
                  loss_scale,aux_loss,loss__MIN,flops_per_token,micro_batch_size,embedding_params,noise_scale";
    let found = roles(header, "1e9,2e10,2.5,0.1,1e-3,1e5,20,5e4,1e10,1024,0.1,2.4,6e9,4,1e8,1e5");
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["N", "D", "L"]);
}

#[test]
fn every_guess_has_a_reason_and_says_how_sure_it_is() {
    let (table, mapping) =
        mapped("N_total,params_no_embed,tokens_seen,eval/loss,train/nll\n1e9,9e8,2e10,2.5,2.4\n", &[]);
    let size = guess(&table, &mapping, "N_total");
    assert_eq!((size.role, size.confidence), (Role::Params, Confidence::Unsure));
    assert_eq!(size.counts, Some(Convention::TotalParameters));
    assert_eq!(size.reason, "\"N_total\" is a usual name for size; so could \"params_no_embed\"");
    let loss = guess(&table, &mapping, "eval/loss");
    assert_eq!((loss.role, loss.confidence), (Role::Loss, Confidence::Sure));
    let tokens = guess(&table, &mapping, "tokens_seen");
    assert_eq!(tokens.counts, Some(Convention::SeenTokens));

    let (table, mapping) = mapped("params,D,L\n1e9,2e10,2.5\n", &[]);
    let params = guess(&table, &mapping, "params");
    assert_eq!((params.confidence, params.counts), (Confidence::Unsure, None));
    assert_eq!(mapping.warnings[0].code, "runs.open");
    assert_eq!(
        mapping.warnings[0].message,
        "column \"params\": it does not say whether embeddings are counted; taken as all parameters"
    );
    assert_eq!(guess(&table, &mapping, "L").confidence, Confidence::Sure);

    let (table, mapping) = mapped("nonEmbeddingParams,D,L\n1e9,2e10,2.5\n", &[]);
    let alone = guess(&table, &mapping, "nonEmbeddingParams");
    assert_eq!((alone.role, alone.counts), (Role::Params, Some(Convention::NonEmbeddingParameters)));
}

#[test]
fn a_guess_is_corrected_by_name() {
    let (mut table, _) = mapped("N,N_no_emb,D,val_loss,other\n1e9,9e8,2e10,2.5,2.6\n", &[]);
    assert_eq!(table.runs().unwrap().n, [1e9]);
    table.assign_named("N_no_emb", Role::Params).unwrap();
    table.assign_named("other", Role::Loss).unwrap();
    assert_eq!((table.runs().unwrap().n, table.runs().unwrap().l), (vec![9e8], vec![2.6]));
    let error = table.assign_named("nothing", Role::Loss).unwrap_err();
    assert_eq!((error.code(), error.at().column.as_deref()), ("runs.no_column", Some("nothing")));
}

#[test]
fn scales_that_names_give_are_those_of_their_cells() {
    let (table, mapping) =
        mapped("params_m,tokens_b,train_flops_zflop,loss\n1500,30,0.27,2.5\n70B,1.4T,588,1.92\n", &[]);
    let runs = table.runs().unwrap();
    assert_eq!((runs.n, runs.d, runs.c), (vec![1.5e9, 70e9], vec![3e10, 1.4e12], vec![2.7e20, 5.88e23]));
    assert_eq!(guess(&table, &mapping, "params_m").reason, "the words of \"params_m\" say size, given in M");
}

#[test]
fn inputs_of_a_law_are_found_by_name_and_can_be_given() {
    let text = "N,D,L,S,h[web],h[code],D-unique,sparsity\n1e9,2e10,2.5,0.5,0.2,0.8,1e10,0.25\n";
    let (mut table, mapping) = mapped(text, &["N", "D", "S", "h", "D_unique"]);
    let inputs: Vec<&str> = table.inputs().iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(inputs, ["S", "h[web]", "h[code]", "D_unique"]);
    assert_eq!(guess(&table, &mapping, "D-unique").confidence, Confidence::Likely);
    table.assign_input("sparsity", "S").unwrap();
    let sent = table.sent_as(&table.standing(CurveChoices::default())).unwrap().sent;
    let sent = serde_json::to_value(&sent).unwrap();
    assert_eq!(sent["columns"]["S"], serde_json::json!([0.25]));
    assert_eq!(sent["columns"]["D_unique"], serde_json::json!([1e10]));
    assert_eq!(sent["columns"]["h[web]"], serde_json::json!([0.2]));
}

#[test]
fn tokens_are_steps_times_tokens_per_step() {
    let tokens = |text: &str, per_step: Option<f64>| {
        let (mut table, _) = mapped(text, &[]);
        table.set_tokens_per_step(per_step);
        table.run(0).map(|run| run.tokens).map_err(|error| error.to_string())
    };
    assert_eq!(tokens("N,step,batch_tokens,L\n1e9,1000,2M,3\n", None), Ok(2e9));
    assert_eq!(
        tokens("N,step,batch_size,seq_len,L\n1e9,1000,512,2048,3\n", None),
        Ok(1000.0 * 512.0 * 2048.0)
    );
    assert_eq!(tokens("N,step,batch_seqs,L\n1e9,1000,512,3\n", Some(1024.0)), Ok(1000.0 * 512.0 * 1024.0));
    assert_eq!(tokens("N,step,L\n1e9,1000,3\n", Some(1e6)), Ok(1e9));
    assert!(
        tokens("N,step,L\n1e9,1000,3\n", None).unwrap_err().contains("no column is read as tokens or FLOPs")
    );
    assert!(
        tokens("N,step,batch_tokens,L\n1e9,0,2M,3\n", None)
            .unwrap_err()
            .contains("column \"step\": expected a positive number of steps")
    );
    // Tokens that stand in the table are taken from it.
    assert_eq!(tokens("N,D,step,batch_tokens,L\n1e9,3e9,1000,2M,3\n", None), Ok(3e9));
}

#[test]
fn losses_are_brought_to_nats_per_token_and_it_is_said() {
    let first = |text: &str| {
        let (table, mapping) = mapped(text, &[]);
        let loss = table.run(0).map(|run| run.loss).map_err(|error| error.to_string());
        let said: Vec<String> =
            mapping.warnings.into_iter().filter(|w| w.code != "runs.open").map(|w| w.message).collect();
        (mapping.loss_unit, loss, said)
    };
    let ln = |value: f64| isoflop::num::ln(value);
    assert_eq!(first("N,D,L\n1e9,2e9,3\n"), (LossUnit::Nats, Ok(3.0), vec![]));
    assert_eq!(first("N,D,L\n1e9,2e9,3.1 nats\n"), (LossUnit::Nats, Ok(3.1), vec![]));
    let (unit, loss, said) = first("N,D,val_ppl\n1e9,2e9,20\n");
    assert_eq!((unit, loss), (LossUnit::Perplexity, Ok(ln(20.0))));
    assert_eq!(said, ["column \"val_ppl\" is read as perplexity: its natural logarithm is nats per token"]);
    let (unit, loss, said) = first("N,D,Loss (bits)\n1e9,2e9,4\n");
    assert_eq!((unit, loss), (LossUnit::Bits, Ok(4.0 * std::f64::consts::LN_2)));
    assert_eq!(
        said,
        ["column \"Loss (bits)\" is read as bits per token: times ln 2, they are nats per token"]
    );
    let (unit, loss, _) = first("N,D,L\n1e9,2e9,4 bits/token\n1e9,3e9,3.5 bits/token\n");
    assert_eq!((unit, loss), (LossUnit::Bits, Ok(4.0 * std::f64::consts::LN_2)));
    let (unit, loss, said) = first("N,D,val_bpb\n1e9,2e9,0.9\n");
    assert_eq!((unit, loss), (LossUnit::BitsPerByte, Ok(0.9)));
    assert!(said[0].contains("stays so: nats per token would need the bytes of a token"), "{said:?}");
    let (_, loss, _) = first("N,D,ppl\n1e9,2e9,0.9\n");
    assert!(loss.unwrap_err().contains("expected a positive loss in nats per token"));

    let (mut table, _) = mapped("N,D,val_bpb\n1e9,2e9,0.9\n", &[]);
    table.read_loss_as(LossUnit::BitsPerByte, Some(4.0));
    assert_eq!(table.run(0).unwrap().loss, 0.9 * (4.0 * std::f64::consts::LN_2));
    assert_eq!(table.loss_warnings(LossUnit::BitsPerByte, Some(4.0)).len(), 1);
    table.read_loss_as(LossUnit::Nats, None);
    assert_eq!(table.run(0).unwrap().loss, 0.9);
}

#[test]
fn units_that_do_not_agree_are_refused_with_their_rows() {
    let (table, mapping) =
        mapped("N,D,L\n1e9,2e9,3.0\n1e9,3e9,4 bits\n2e9,2e9,2.9\n2e9,3e9,3.9 bits/token\n", &[]);
    assert_eq!(mapping.loss_unit, LossUnit::Nats);
    let mixed = mapping.warnings.iter().find(|warning| warning.code == "runs.mixed_units").unwrap();
    assert_eq!(
        mixed.message,
        "column \"L\" is in nats per token and 2 rows of it are in bits per token: rows 3, 5 are not read"
    );
    assert_eq!(mixed.data["rows"], serde_json::json!([1, 3]));
    let error = table.run(3).unwrap_err();
    assert!(error.to_string().contains("row 5, column \"L\""), "{error}");
    assert!(error.to_string().contains("is an amount of another unit, bits/token"), "{error}");
    assert_eq!(table.counts().used, 2);

    let (table, mapping) = mapped("N,D,Loss (bits)\n1e9,2e9,4\n1e9,3e9,2.5 nats\n", &[]);
    assert_eq!((mapping.loss_unit, table.counts().used), (LossUnit::Bits, 1));
    assert!(table.run(1).unwrap_err().to_string().contains("expected a positive loss in bits per token"));
}
